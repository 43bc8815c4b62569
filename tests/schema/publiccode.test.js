// publiccode.yml has what version 0.7 of the standard asks for, and says the same as the rest of the repository.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { read } from "./read.js";

const file = parse(read("publiccode.yml"));
const cargo = (key) => read("Cargo.toml").match(new RegExp(`^${key} = "(.+)"$`, "m"))[1];

test("the mandatory keys of publiccode.yml are there and allowed", () => {
  assert.equal(file.publiccodeYmlVersion, "0.7");
  assert.match(file.name, /\S/);
  assert.equal(new URL(file.url).protocol, "https:");
  assert.ok(file.platforms.length > 0);
  assert.ok(["concept", "development", "beta", "stable", "obsolete"].includes(file.developmentStatus));
  assert.ok(["standalone/web", "standalone/backend"].includes(file.softwareType));
  assert.ok(["internal", "contract", "community", "none"].includes(file.maintenance.type));
  assert.ok(file.maintenance.contacts.every((contact) => contact.name && contact.email));
  assert.equal(typeof file.localisation.localisationReady, "boolean");
  assert.ok(file.supports.every(({ id }) => /^alias:[a-z0-9]+$/.test(id) || new URL(id)));
  assert.ok(file.intendedAudience.countries.every((code) => /^[A-Z]{2}$/.test(code)));
});

test("every language of publiccode.yml is described at the length asked for", () => {
  assert.deepEqual(Object.keys(file.description).sort(), [...file.localisation.availableLanguages].sort());
  for (const [language, text] of Object.entries(file.description)) {
    const long = [...text.longDescription].length;
    assert.ok([...text.shortDescription].length <= 150, `${language}: shortDescription is over 150 characters`);
    assert.ok(long >= 150 && long <= 10_000, `${language}: longDescription has ${long} characters, not 150 to 10000`);
    assert.ok(text.features.length >= 5 && text.features.length <= 20, `${language}: 5 to 20 features`);
  }
});

test("licence and version are the same everywhere", () => {
  assert.equal(file.legal.license, "EUPL-1.2");
  assert.equal(cargo("license"), file.legal.license);
  assert.match(read("LICENSE"), /^EUROPEAN UNION PUBLIC LICENCE v\. 1\.2\nEUPL © the European Union 2007, 2016\n/);
  assert.equal(cargo("version"), file.softwareVersion);
});
