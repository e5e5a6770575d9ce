import { writeSync } from 'node:fs'

// Loaded into a process before it starts: says at its end the most memory that it ever had, in kB, on stderr.
process.on('exit', () => writeSync(2, `peak ${process.resourceUsage().maxRSS}\n`))
