// SPDX-License-Identifier: Apache-2.0
// server.mjs: what measuring shares: the program as a server, people signed in, wrk, and how fast the disk is.
import { execFileSync, spawn } from 'node:child_process'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const work = mkdtempSync(join(tmpdir(), 'lingfei-bench-'))
export const clean = () => rmSync(work, { recursive: true, force: true })
export const SECONDS = Number(process.env.BENCH_SECONDS || 4)

export function start(program, data, args = []) {
    return new Promise((resolve, reject) => {
        const from = process.hrtime.bigint()
        const server = spawn(program, ['serve', ...args, '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] })
        let out = ''
        server.stdout.on('data', async (d) => {
            out += d
            const m = out.match(/listening on (http:\S+)/)
            if (!m) return
            await fetch(m[1] + '/healthz')
            resolve({ server, base: m[1], ms: Number(process.hrtime.bigint() - from) / 1e6, gone: new Promise((r) => server.on('exit', r)) })
        })
        server.on('exit', (code) => reject(new Error('the server ended with ' + code)))
    })
}
export const stop = async (s) => { s.server.kill('SIGTERM'); await s.gone.catch(() => 0) }

export async function session(s, login) {
    const answer = await fetch(s.base + '/login', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login, password: 'lingfei-demo-2018' }) })
    return answer.headers.get('set-cookie').split(';')[0]
}

// Requests a second; `lua`: what wrk is to send instead of a GET.
export function wrk(url, { cookie, lua, clients = 32, seconds = SECONDS } = {}) {
    const script = join(work, 'ask.lua')
    if (lua) writeFileSync(script, lua)
    const out = execFileSync('wrk', ['-t2', `-c${clients}`, `-d${seconds}s`, ...(cookie ? ['-H', 'Cookie: ' + cookie] : []), ...(lua ? ['-s', script] : []), '--latency', url], { encoding: 'utf8' })
    if (/Non-2xx/.test(out)) throw new Error(url + ' ' + out)
    return { rate: Number(out.match(/Requests\/sec:\s+([\d.]+)/)[1]), p99: out.match(/99%\s+(\S+)/)[1] }
}

// 4 KB written over and made durable, times a second.
export function disk(times = 1000) {
    const fd = openSync(join(work, 'pages'), 'w'), page = Buffer.alloc(4096, 1)
    for (let i = 0; i < times; i++) writeSync(fd, page, 0, 4096, i * 4096)
    fdatasyncSync(fd)
    const from = process.hrtime.bigint()
    for (let i = 0; i < times; i++) {
        writeSync(fd, page, 0, 4096, i * 4096)
        fdatasyncSync(fd)
    }
    closeSync(fd)
    return times / (Number(process.hrtime.bigint() - from) / 1e9)
}

// A draft saved by its agency, durable before the answer, again and again.
export async function saving(program, s, data) {
    const token = execFileSync(program, ['account', 'token', 'agency3', '--data', data], { encoding: 'utf8' }).trim()
    const head = { Authorization: 'Bearer ' + token }
    const drafts = (await (await fetch(s.base + '/applications?step=prepare', { headers: head })).json()).items
    return { url: s.base + '/applications/' + drafts[0].id, lua: `wrk.method = "POST"
wrk.body = '{"grade":""}'
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer ${token}"` }
}
