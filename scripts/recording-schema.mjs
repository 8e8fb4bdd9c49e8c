// The JSON Schema of recordings, made of the types in runtime/protocol.ts: what they say, and the comments that explain it. It knows
// the types that are used there; another one stops the build.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { root } from './steps.mjs'

const SOURCE = join(root, 'runtime/protocol.ts')

/**
 * What is needed of a node of a syntax tree.
 * @typedef {{ type: string, start: number, end: number } & Record<string, any>} Node
 * @typedef {Record<string, unknown>} Schema
 */

/** The schema as an object. Reads the file; throws where a type is of a kind that it does not know. */
export async function recordingSchema() {
  const text = await readFile(SOURCE, 'utf8')
  const { program, comments } = parseSync(SOURCE, text)
  const types = new Types(text, /** @type {any} */ (program), comments)
  const recording = types.schemaOf('Recording')
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A recording of Contextvars DevTools (.ctxsnap.json)',
    ...recording,
    $defs: types.definitions(),
  }
}

class Types {
  /** @type {Map<string, Node>} */
  #declared = new Map()
  /** @type {Map<string, Schema>} */
  #defined = new Map()
  #text
  #comments

  /**
   * @param {string} text
   * @param {Node} program
   * @param {readonly { type: string, value: string, end: number }[]} comments
   */
  constructor(text, program, comments) {
    this.#text = text
    this.#comments = comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'))
    for (const statement of program.body) {
      const declaration = statement.declaration ?? statement
      const name = declaration.id?.name ?? declaration.declarations?.[0]?.id?.name
      // A comment stands before `export`.
      if (name !== undefined) this.#declared.set(name, { ...declaration, start: statement.start })
    }
  }

  /** All that was referred to, by name. */
  definitions() {
    return Object.fromEntries([...this.#defined].sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /**
   * @param {string} name
   * @returns {Schema}
   */
  schemaOf(name) {
    const declared = this.#declared.get(name)
    if (declared?.type === 'TSInterfaceDeclaration') {
      const members = [
        ...declared.extends.flatMap((/** @type {Node} */ one) => this.#membersOf(one)),
        ...declared.body.body,
      ]
      return { ...this.#described(declared), ...this.#object(members) }
    }
    if (declared?.type === 'TSTypeAliasDeclaration') {
      return { ...this.#described(declared), ...this.#type(declared.typeAnnotation, name) }
    }
    throw new Error(`runtime/protocol.ts declares no type ${name}`)
  }

  /**
   * @param {Node} heritage
   * @returns {Node[]}
   */
  #membersOf({ expression }) {
    return this.#declared.get(expression.name)?.body.body ?? []
  }

  /**
   * What may be added later is no error.
   * @param {readonly Node[]} members
   * @returns {Schema}
   */
  #object(members) {
    /** @type {Record<string, Schema>} */
    const properties = {}
    for (const member of members) {
      properties[member.key.name] = { ...this.#described(member), ...this.#type(member.typeAnnotation.typeAnnotation) }
    }
    const required = members.filter(({ optional }) => !optional).map(({ key }) => key.name)
    return { type: 'object', properties, required }
  }

  /**
   * @param {Node} node
   * @param {string} name of the alias, if it is one's own type
   * @returns {Schema}
   */
  #type(node, name = '') {
    switch (node.type) {
      case 'TSStringKeyword':
        return { type: 'string' }
      case 'TSNumberKeyword':
        return { type: 'number' }
      case 'TSBooleanKeyword':
        return { type: 'boolean' }
      case 'TSNullKeyword':
        return { type: 'null' }
      case 'TSLiteralType':
        return { const: node.literal.value }
      case 'TSParenthesizedType':
        return this.#type(node.typeAnnotation)
      case 'TSArrayType':
        return { type: 'array', items: this.#type(node.elementType) }
      case 'TSTypeLiteral':
        return this.#object(node.members)
      case 'TSTypeQuery':
        return { const: this.#constant(node.exprName.name) }
      case 'TSIndexedAccessType':
        return { enum: this.#constant(this.#queried(node.objectType)) }
      case 'TSUnionType':
        return this.#union(node.types.map((/** @type {Node} */ one) => this.#type(one)))
      case 'TSTupleType': {
        const prefixItems = node.elementTypes.map((/** @type {Node} */ one) => this.#type(one.elementType ?? one))
        return { type: 'array', prefixItems, items: false, minItems: prefixItems.length }
      }
      case 'TSTypeReference':
        return this.#reference(node, name)
      default:
        throw new Error(
          `${node.type} at ${SOURCE}:${this.#text.slice(0, node.start).split('\n').length} is not known here`,
        )
    }
  }

  /**
   * @param {readonly Schema[]} types
   * @returns {Schema}
   */
  #union(types) {
    return types.every((one) => 'const' in one) ? { enum: types.map((one) => one.const) } : { anyOf: types }
  }

  /**
   * @param {Node} node
   * @param {string} name
   * @returns {Schema}
   */
  #reference({ typeName, typeArguments }, name) {
    const [first, second] = typeArguments?.params ?? []
    if (typeName.name === 'Record') {
      // The keys of JSON are texts; those of the protocol are ids.
      return { type: 'object', patternProperties: { '^[1-9][0-9]*$': this.#type(second) }, additionalProperties: false }
    }
    // `Id<'Millis'>` is a number of its own; 0 is the id of a stack that was not taken.
    if (typeName.name === 'Id') {
      return first.literal.value === 'Millis'
        ? { type: 'number' }
        : { type: 'integer', minimum: name === 'StackId' ? 0 : 1 }
    }
    if (!this.#defined.has(typeName.name)) {
      // Before what it is made of, which may refer to it.
      this.#defined.set(typeName.name, {})
      this.#defined.set(typeName.name, this.schemaOf(typeName.name))
    }
    return { $ref: `#/$defs/${typeName.name}` }
  }

  /**
   * @param {Node} node
   * @returns {string}
   */
  #queried(node) {
    return node.type === 'TSParenthesizedType' ? this.#queried(node.typeAnnotation) : node.exprName.name
  }

  /**
   * The value of a constant: a literal, or a list of such.
   * @param {string} name
   */
  #constant(name) {
    const initial = this.#declared.get(name)?.declarations[0].init
    const literal = initial?.type === 'TSAsExpression' ? initial.expression : initial
    if (literal?.type === 'ArrayExpression') return literal.elements.map((/** @type {Node} */ one) => one.value)
    return literal?.value
  }

  /**
   * The comment that stands right before a node.
   * @param {Node} node
   * @returns {Schema}
   */
  #described({ start }) {
    const comment = this.#comments.find(({ end }) => end <= start && this.#text.slice(end, start).trim() === '')
    if (comment === undefined) return {}
    const lines = comment.value.slice(1).split('\n')
    return {
      description: lines
        .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
        .join('\n')
        .trim(),
    }
  }
}
