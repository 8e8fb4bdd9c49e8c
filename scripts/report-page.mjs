// The panel as one file, with a place for a recording: dist/report-page.html. Nothing in it comes from anywhere else, and its policy lets
// nothing but its own script run.

import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './steps.mjs'

/** Puts together what was built, and takes the pieces away. */
export async function writeReportPage() {
  const pieces = join(root, 'dist/standalone')
  const [built, style] = await Promise.all(
    ['standalone.js', 'standalone.css'].map((name) => readFile(join(pieces, name), 'utf8')),
  )
  // An end tag within the script would end it.
  const script = (built ?? '').replaceAll('</script', '<\\/script')
  const hash = createHash('sha256').update(script).digest('base64')
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>%TITLE%</title>
<style>${style}</style>
</head>
<body>
<div id="panel"></div>
<script type="application/json" id="recording" data-version="%VERSION%" data-also="%ALSO%">%RECORDING%</script>
<script type="module">${script}</script>
</body>
</html>
`
  await writeFile(join(root, 'dist/report-page.html'), page)
  await rm(pieces, { recursive: true })
}
