// What the schema promises beyond being valid. A rule takes a graphql-js schema and returns its faults, one sentence each.
import {
  getNamedType, isEnumType, isInputObjectType, isInterfaceType, isIntrospectionType, isNonNullType, isObjectType,
  isScalarType, isSpecifiedDirective, isSpecifiedScalarType,
} from "graphql";

const types = (schema) =>
  Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
const hasFields = (type) => isObjectType(type) || isInterfaceType(type);
const fieldsOf = (type) => (hasFields(type) || isInputObjectType(type) ? Object.values(type.getFields()) : []);

/** Every element that can carry a description, with its coordinate: `Type`, `Type.field(argument:)`, `@directive`. */
function* elements(schema) {
  for (const type of types(schema)) {
    yield [type.name, type];
    if (isEnumType(type)) for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value];
    for (const field of fieldsOf(type)) {
      yield [`${type.name}.${field.name}`, field];
      for (const arg of field.args ?? []) yield [`${type.name}.${field.name}(${arg.name}:)`, arg];
    }
  }
  for (const directive of schema.getDirectives().filter((d) => !isSpecifiedDirective(d))) {
    yield [`@${directive.name}`, directive];
    for (const arg of directive.args) yield [`@${directive.name}(${arg.name}:)`, arg];
  }
}

export function everythingIsDescribed(schema) {
  return [...elements(schema)].filter(([, e]) => !e.description?.trim()).map(([at]) => `${at} has no description`);
}

export function scalarsAreSpecified(schema) {
  return types(schema)
    .filter((type) => isScalarType(type) && !/^https:\/\/\S+$/.test(type.specifiedByURL ?? ""))
    .map((type) => `scalar ${type.name} has no @specifiedBy URL`);
}

export function objectsWithAnIdAreNodes(schema) {
  const node = schema.getType("Node");
  if (!isInterfaceType(node)) return ["there is no interface Node"];
  // Objects only: the engine's introspection cannot tell that an interface (Territory) implements another.
  return types(schema).filter(isObjectType).flatMap((type) => {
    const has = String(type.getFields().id?.type) === "ID!";
    const is = type.getInterfaces().includes(node);
    return has === is ? [] : [has ? `${type.name} has an id and is no Node` : `${type.name} is a Node without id: ID!`];
  });
}

const CONNECTION = /Connection$/;
const PAGING = { first: "Int", after: "String", last: "Int", before: "String" };

export function connectionsAreRelayShaped(schema) {
  const faults = [];
  const expect = (holds, fault) => holds || faults.push(fault);
  for (const type of types(schema).filter((t) => CONNECTION.test(t.name))) {
    if (!isObjectType(type)) { faults.push(`${type.name} is no object`); continue; }
    const { edges, nodes, pageInfo, totalCount } = type.getFields();
    for (const [name, field] of Object.entries({ edges, nodes, pageInfo, totalCount }))
      expect(field, `${type.name} has no ${name}`);
    expect(String(pageInfo?.type) === "PageInfo!", `${type.name}.pageInfo is not PageInfo!`);
    const edge = edges && getNamedType(edges.type);
    expect(edge?.name === type.name.replace(CONNECTION, "Edge"), `${type.name}.edges are not named after it`);
    const node = isObjectType(edge) && edge.getFields().node;
    expect(node && nodes && getNamedType(node.type) === getNamedType(nodes.type), `${type.name}: edges and nodes differ`);
  }
  for (const type of types(schema).filter(hasFields))
    for (const field of fieldsOf(type).filter((f) => CONNECTION.test(getNamedType(f.type).name)))
      for (const [name, scalar] of Object.entries(PAGING)) {
        const arg = field.args.find((a) => a.name === name);
        const at = `${type.name}.${field.name}`;
        expect(arg && (scalar === "String" || getNamedType(arg.type).name === scalar), `${at} cannot be paged by ${name}`);
        expect(!isNonNullType(arg?.type), `${at}(${name}:) must be optional`);
      }
  return faults;
}

export function mutationsHaveOneInputAndOnePayload(schema) {
  return fieldsOf(schema.getMutationType() ?? {}).flatMap((field) => {
    const faults = [];
    const named = field.name[0].toUpperCase() + field.name.slice(1);
    const args = field.args.map((arg) => `${arg.name}: ${arg.type}`).join(", ");
    if (args && args !== `input: ${named}Input!`) faults.push(`Mutation.${field.name} takes (${args}), not input: ${named}Input!`);
    const payload = getNamedType(field.type);
    if (String(field.type) !== `${named}Payload!`) faults.push(`Mutation.${field.name} returns ${field.type}, not ${named}Payload!`);
    else if (String(payload.getFields?.().userErrors?.type) !== "[UserError!]!") faults.push(`${payload.name} has no userErrors: [UserError!]!`);
    return faults;
  });
}

/** A deprecation says why, and in its reason the day (ISO) from which the element may go. */
export function deprecationsHaveAReasonAndADate(schema) {
  return [...elements(schema)]
    .filter(([, e]) => e.deprecationReason != null && !/\S.*\b\d{4}-\d{2}-\d{2}\b|\b\d{4}-\d{2}-\d{2}\b.*\S/s.test(e.deprecationReason))
    .map(([at, e]) => `${at} is deprecated without a date: "${e.deprecationReason}"`);
}
