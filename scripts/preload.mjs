// What the script of a page imports later is fetched with the page, so that it is at hand when it is asked for.

/** @returns {import('vite').Plugin} */
export const preloadPlugin = () => ({
  name: 'preload',
  transformIndexHtml: {
    order: 'post',
    handler(_, { chunk, bundle = {} }) {
      const later = new Set(chunk?.dynamicImports)
      // Whoever is added is looked at, too.
      for (const file of later) {
        const one = bundle[file]
        if (one?.type === 'chunk') for (const imported of one.imports) later.add(imported)
      }
      return [...later].map((file) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
        injectTo: 'head',
      }))
    },
  },
})
