// SPDX-License-Identifier: Apache-2.0
// judges.mjs: the HTML of each page before html-validate and vnu, all in one go.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HtmlValidate } from 'html-validate'

const require = createRequire(import.meta.url)
const rules = {
    extends: ['html-validate:recommended', 'html-validate:a11y'],
    rules: {
        'no-trailing-whitespace': 'off', // says nothing about what a browser makes of it
        'long-title': 'off',             // names of outcomes are as long as they are
        'no-inline-style': 'error',
        'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }], // ticks of one list
        'prefer-native-element': ['error', { exclude: ['region'] }],
        'tel-non-breaking': 'off',
        'require-csp-nonce': 'off',
        'require-sri': 'off',            // all is from the same server
    },
}

// Keys of one list travel as hidden fields of one name, for which form-dup-name has no word.
const hidden_lists = ['clear']
const is_hidden_list = (m) => m.ruleId === 'form-dup-name' && hidden_lists.some((name) => m.message.includes(`"${name}"`))

export class Judges {
    constructor(check) { this.check = check; this.pages = new Map() }
    add(name, html) { this.pages.set(name, html) }

    async judge() {
        if (!this.pages.size) return
        const validate = new HtmlValidate(rules)
        for (const [name, html] of this.pages) {
            const report = await validate.validateString(html, name)
            const told = report.results.flatMap((r) => r.messages).filter((m) => m.severity === 2 && !is_hidden_list(m))
            this.check(told.length === 0, `${name}: html-validate: ${told.slice(0, 6).map((m) => `${m.line}:${m.column} ${m.ruleId} ${m.message}`).join(' ; ')}`)
        }
        this.ask_vnu()
    }

    ask_vnu() {
        const dir = mkdtempSync(join(tmpdir(), 'lingfei-html-'))
        const names = new Map()
        for (const [name, html] of this.pages) {
            const file = join(dir, name.replace(/[^\w-]+/g, '_') + '.html')
            names.set(file, name)
            writeFileSync(file, html)
        }
        try {
            execFileSync('java', ['-version'], { stdio: 'ignore' })
        } catch {
            this.check(false, 'vnu needs java: run tool/install.sh test')
            return
        }
        const jar = join(require.resolve('vnu-jar/package.json'), '..', 'build', 'dist', 'vnu.jar')
        const ran = spawnSync('java', ['-Xss1m', '-jar', jar, '--errors-only', '--format', 'json', ...names.keys()], { encoding: 'utf8', maxBuffer: 64 << 20 })
        rmSync(dir, { recursive: true, force: true })
        let told
        try { told = JSON.parse(ran.stderr).messages } catch { this.check(false, 'vnu: ' + (ran.stderr || ran.error || '').toString().slice(0, 300)); return }
        for (const [file, name] of names) {
            const mine = told.filter((m) => (m.url || '').endsWith(file))
            this.check(mine.length === 0, `${name}: vnu: ${mine.slice(0, 5).map((m) => `${m.lastLine}: ${m.message}`).join(' ; ')}`)
        }
    }
}
