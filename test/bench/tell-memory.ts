// Loaded into the application's process before it starts: says on SIGUSR2 what memory is left after a collection.
let count = 0
process.on('SIGUSR2', () => {
  globalThis.gc?.({ type: 'major', execution: 'sync' })
  console.log(`memory ${(count += 1)} ${JSON.stringify(process.memoryUsage())}`)
})
