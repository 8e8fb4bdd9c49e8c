// How other extensions' facts travel: a message for each, through a port that stays open.

chrome.runtime.onConnect.addListener((port) => {
  port.onMessage.addListener((facts) => {
    for (let seq = 1; seq <= facts; seq++) {
      const value = { kind: 'number', text: `${seq}` }
      port.postMessage({ seq, at: 12.3, type: 'var-set', context: 2, variable: 1, token: seq, value, stack: null })
    }
  })
})
