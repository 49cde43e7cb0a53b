// What is wrong with an AsyncAPI document, by the schema that its makers publish: a list in JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const Ajv = require('ajv');
// The other form has ids, some of them twice.
const schema = require('@asyncapi/specs/schemas/3.0.0-without-$id.json');

const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
validate(JSON.parse(readFileSync(process.argv[2], 'utf8')));
console.log(JSON.stringify((validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)));
