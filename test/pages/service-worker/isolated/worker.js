importScripts('../worker.js')
