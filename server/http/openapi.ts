import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Problem } from '../../models/api/library.ts';
import { packageRoot } from '../packageRoot.ts';
import { none, type Route } from './route.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** The OpenAPI 3.1 document of the routes: the same schemas that validate. */
export function openApiDocument(routes: readonly Route[]): JsonObject {
  const manifest: { version: string; description: string } = JSON.parse(
    readFileSync(path.join(packageRoot, 'package.json'), 'utf8'),
  );
  const components = new Map<string, Json>();
  const paths: Record<string, Record<string, Json>> = {};
  const toSchema = (schema: z.ZodType, io: 'input' | 'output') => schemaOf(schema, io, components);
  const problem = {
    description: 'What happened and what to do.',
    content: { 'application/json': { schema: toSchema(Problem, 'output') } },
  };
  for (const route of routes) {
    const operations = paths[route.path] ?? {};
    paths[route.path] = operations;
    operations[route.method] = {
      operationId: route.operationId,
      summary: route.summary,
      parameters: [
        ...parametersOf(toSchema(route.params, 'input'), 'path'),
        ...parametersOf(toSchema(route.query, 'input'), 'query'),
      ],
      ...bodyOf(route, toSchema),
      responses: {
        [String(route.status)]: {
          description: route.response?.meta()?.title ?? route.responseType,
          content: {
            [route.responseType]: {
              schema: route.response === null ? { type: 'string' } : toSchema(route.response, 'output'),
            },
          },
        },
        default: problem,
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Hongtou', version: manifest.version, description: manifest.description },
    paths,
    components: {
      schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Where an access token is configured.' },
      },
    },
    security: [{}, { token: [] }],
  };
}

function bodyOf(route: Route, toSchema: (schema: z.ZodType, io: 'input') => Json): JsonObject {
  if (route.upload === true) {
    const files = {
      type: 'array',
      items: { type: 'string', contentMediaType: 'application/octet-stream' },
      minItems: 1,
    };
    const schema = { type: 'object', properties: { files }, required: ['files'] };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
  }
  if (route.body === none) return {};
  return {
    requestBody: { required: true, content: { 'application/json': { schema: toSchema(route.body, 'input') } } },
  };
}

function parametersOf(schema: Json, where: 'path' | 'query'): readonly Json[] {
  const { properties, required } = schema as { properties?: Record<string, JsonObject>; required?: readonly string[] };
  return Object.entries(properties ?? {}).map(([name, property]) => {
    const { description, ...rest } = property;
    return {
      name,
      in: where,
      required: where === 'path' || (required ?? []).includes(name),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
}

/** A schema with references to components in place of everything that has a name. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Map<string, Json>): Json {
  const { $schema: _dialect, $defs, ...own } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  for (const [name, definition] of Object.entries($defs ?? {})) components.set(name, tidy(definition as Json));
  const name = schema.meta()?.id;
  // A named schema that others refer to stands among the definitions itself, and is only referred to here.
  if (name === undefined || own.$ref !== undefined) return tidy(own as Json);
  components.set(name, tidy(own as Json));
  return { $ref: `#/components/schemas/${name}` };
}

/** Points references at the components and leaves out what means something else in OpenAPI. */
function tidy(json: Json): Json {
  if (Array.isArray(json)) return json.map(tidy);
  if (typeof json !== 'object' || json === null) return json;
  const entries = Object.entries(json).flatMap(([key, value]): [string, Json][] => {
    // zod's readonly() says "never changed"; readOnly in OpenAPI says "never sent".
    if (key === '$id' || (key === 'readOnly' && value === true)) return [];
    if (key === '$ref' && typeof value === 'string') return [[key, value.replace('#/$defs/', '#/components/schemas/')]];
    return [[key, tidy(value)]];
  });
  return Object.fromEntries(entries);
}
