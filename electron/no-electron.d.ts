// Only electron/desktop may import 'electron'. Everywhere else the name resolves to this empty module,
// so that a named import does not compile and the application keeps running on plain Node.
export {}
