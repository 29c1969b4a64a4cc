// SPDX-License-Identifier: Apache-2.0
// flow.js: draws the BPMN of a flow and marks where the case is; loaded by the page with the picture only.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'

function zoom_buttons(canvas, box) {
    const bar = document.createElement('div')
    bar.className = 'flow-zoom'
    const step = (text, run) => {
        const b = document.createElement('button')
        b.type = 'button'
        b.className = 'btn btn-sm'
        b.textContent = text
        b.addEventListener('click', run)
        bar.append(b)
    }
    step('−', () => canvas.zoom(canvas.zoom() / 1.25))
    step('100 %', () => canvas.zoom(1))
    step('+', () => canvas.zoom(canvas.zoom() * 1.25))
    box.before(bar)
}

async function draw(box) {
    const answer = await fetch(box.dataset.src, { headers: { Accept: 'application/xml' }, credentials: 'same-origin' })
    if (!answer.ok) throw new Error(String(answer.status))
    const viewer = new NavigatedViewer({ container: box })
    await viewer.importXML(await answer.text())
    const canvas = viewer.get('canvas')
    const here = box.dataset.here
    canvas.zoom('fit-viewport', 'auto')
    if (here && viewer.get('elementRegistry').get(here)) {
        canvas.addMarker(here, 'flow-here')
        if (canvas.zoom() < 0.6) {
            canvas.zoom(0.8)
            canvas.scrollToElement(here, { top: 120, left: 120, right: 120, bottom: 120 })
        }
    }
    zoom_buttons(canvas, box)
}

for (const box of document.querySelectorAll('.flow-canvas[data-src]'))
    draw(box).catch(() => { box.textContent = box.dataset.failed; box.classList.add('flow-failed') })
