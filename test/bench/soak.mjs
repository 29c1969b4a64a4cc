// SPDX-License-Identifier: Apache-2.0
// soak.mjs PROGRAM [MINUTES]: 64 clients save for five minutes; the last minute beside the first, and the memory at both.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clean, saving, start, stop, work, wrk } from './server.mjs'

const program = process.argv[2], minutes = Number(process.argv[3] || 5), data = join(work, 'data')
const memory = (s) => Number(readFileSync(`/proc/${s.server.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024
try {
    const s = await start(program, data, ['--demo']), to = await saving(program, s, data), rates = [], rss = []
    for (let i = 0; i < minutes; i++) {
        const got = wrk(to.url, { lua: to.lua, clients: 64, seconds: 60 })
        rates.push(got.rate), rss.push(memory(s))
        console.log(`minute ${i + 1}: ${got.rate.toFixed(0)} saved/s, p99 ${got.p99}, ${rss.at(-1).toFixed(0)} MB`)
    }
    await stop(s)
    console.log(`the last minute, of the first:  ${(rates.at(-1) / rates[0]).toFixed(2)}  wanted ≥ 0.9`)
} finally {
    clean()
}
