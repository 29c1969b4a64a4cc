// SPDX-License-Identifier: Apache-2.0
// purge.mjs FILE.css: prints the rules of a style sheet that a page of ours can match.
import { readFileSync } from 'node:fs'
import { PurgeCSS } from 'purgecss'

const [file] = process.argv.slice(2)
const purged = await new PurgeCSS().purge({
    content: ['src/**/*.html', 'assets/*.js'],
    css: [{ raw: readFileSync(file, 'utf8') }],
    // names as they stand in templates, and those that stand against a section's brace
    defaultExtractor: (text) => text.match(/[A-Za-z0-9_-]+/g) ?? [],
    // what only some texts or states bring
    safelist: {
        standard: [/^badge$/, /^bg-(blue|green|red|yellow|secondary|azure)-lt$/, /^alert/, /^btn-(primary|danger|outline-secondary|link|sm|icon)$/,
            'is-invalid', 'table-responsive', 'text-end', 'visually-hidden', 'show', 'disabled', 'active'],
    },
    // themes and sizes of Tabler that no page has
    blocklist: [/theme-(base|font|primary|radius)/, /dropdown/, /modal/, /carousel/, /offcanvas/, /navbar/, /ribbon/, /avatar/, /datagrid-/,
        /placeholder$/, /tooltip/, /popover-/, /toast/, /spinner/, /accordion/, /pagination/, /list-group-item-/],
    fontFace: true, keyframes: true, variables: false,
})
const css = purged[0].css
if (!css.includes('.card')) throw new Error('purged too much')
process.stdout.write(css)
