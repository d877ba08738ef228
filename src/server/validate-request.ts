import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Settings } from 'typebox/system'

// Each alternative of a union that does not fit is a fault of its own; of 8, the usual most, some would be left out.
Settings.Set({ maxErrors: 64 })

/**
 * The validator of a route. A number in an address or a query is written in decimal digits: TypeBox
 * alone would take `0x1` and `1e3` as numbers too, and so give a thing two addresses.
 */
export const validateRequest: typeof TypeBoxValidatorCompiler = (route) => {
  const validate = TypeBoxValidatorCompiler(route)
  if (route.httpPart !== 'params' && route.httpPart !== 'querystring') return validate
  const properties = Type.IsObject(route.schema) ? Object.entries(route.schema.properties) : []
  const numbers = properties.flatMap(([name, property]) => (Type.IsInteger(property) ? [name] : []))
  return (value: Readonly<Record<string, unknown>>) => {
    const wrong = numbers.filter((name) => {
      const written = value[name]
      return typeof written === 'string' && !/^[0-9]{1,16}$/.test(written)
    })
    if (wrong.length === 0) return validate(value)
    return {
      error: wrong.map((name) => ({
        keyword: 'type',
        instancePath: `/${name}`,
        schemaPath: `#/properties/${name}`,
        params: { type: 'integer' },
        message: 'must be integer',
      })),
    }
  }
}
