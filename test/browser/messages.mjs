// SPDX-License-Identifier: Apache-2.0
// messages.mjs: which texts of a Chinese page are still English.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const po = join(dirname(fileURLToPath(import.meta.url)), '../../po')
const files = [join(po, 'zh_CN.po'), ...readdirSync(join(po, 'zh_CN')).map((f) => join(po, 'zh_CN', f))].filter((f) => f.endsWith('.po'))
const ids = new Set()
for (const f of files)
    for (const m of readFileSync(f, 'utf8').matchAll(/^msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)msgstr ((?:"(?:[^"\\]|\\.)*"\s*)+)/gm)) {
        const [id, said] = [m[1], m[2]].map((t) => [...t.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((p) => p[1].replace(/\\(.)/g, '$1')).join(''))
        if (id && id !== said && !id.includes('{')) ids.add(id)
    }

// an id as it stands, or three English words in a row, which no Chinese sentence of ours has
const sentence = /\b[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}\b/
export function left_in_english(texts) {
    return texts.filter((t) => ids.has(t) || (sentence.test(t) && !/[\u4e00-\u9fff]/.test(t)))
}
