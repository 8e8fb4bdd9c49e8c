// Of Mozilla's linter, which brings no types, what `package.mjs` calls.

declare module 'addons-linter' {
  interface Found {
    code: string
    message: string
    file?: string
    line?: number
  }
  interface Linter {
    run(): Promise<{ errors: Found[]; warnings: Found[]; notices: Found[] }>
  }
  const linter: { createInstance(how: { config: object; runAsBinary: boolean }): Linter }
  export default linter
}
