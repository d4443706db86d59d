import { afterEach, expect, test } from "vitest";

import { digest, readSticky } from "./claims";
import { readHosts } from "./hosts";
import { described, fieldsOf, kindOf } from "./people";

const CONTACT = "ocQHyuzHvysMo5N5VsXc";
const LOCATION = "ve9EPM428h8vShlRW1KT";
const KNOWN = ["https://api.leadconnectorhq.com", "https://link.msgsndr.com"];

afterEach(() => {
  document.body.innerHTML = "";
});

test.each<[string | undefined, string[], boolean]>([
  [undefined, [], false],
  ["contacts", [], true],
  ["https://forms.shop.pe", ["https://forms.shop.pe"], false],
  ["contacts, https://forms.shop.pe/widget/form/x", ["https://forms.shop.pe"], true],
  ["forms.shop.pe javascript:alert(1) https:// *", [], false],
  ["contactsx", [], false],
])("data-forms=%j names the hosts %j", (attribute, more, contacts) => {
  const hosts = readHosts(attribute);

  expect([...hosts.origins]).toEqual([...KNOWN, ...more]);
  expect(hosts.contacts).toBe(contacts);
});

const both = { contactId: CONTACT, locationId: LOCATION };

test.each<[unknown, unknown, unknown]>([
  [JSON.stringify({ id: CONTACT }), LOCATION, both],
  [JSON.stringify({ customer_id: CONTACT, location_id: LOCATION }), undefined, both],
  [JSON.stringify({ id: CONTACT, email: "ana@x.pe", ssn: "123" }), LOCATION, both],
  // Others keep things of their own under that name.
  [btoa(JSON.stringify({ id: CONTACT })), LOCATION, undefined],
  ["", LOCATION, undefined],
  ["null", LOCATION, undefined],
  ["[1]", LOCATION, undefined],
  ['"text"', LOCATION, undefined],
  ["{", LOCATION, undefined],
  [undefined, LOCATION, undefined],
  [{ id: CONTACT }, LOCATION, undefined],
  [JSON.stringify({ id: 12345678 }), LOCATION, undefined],
  [JSON.stringify({ id: "short" }), LOCATION, undefined],
  [JSON.stringify({ id: "x".repeat(65) }), LOCATION, undefined],
  [JSON.stringify({ id: "'; drop table x" }), LOCATION, undefined],
  [JSON.stringify({ id: [CONTACT] }), LOCATION, undefined],
  [JSON.stringify({ id: CONTACT }), undefined, undefined],
  [JSON.stringify({ id: CONTACT }), { toString: () => LOCATION }, undefined],
])("a `_ud` of %j at %j is %j", (json, location, found) => {
  expect(readSticky(json, location)).toEqual(found);
});

test.each<[string, string | undefined]>([
  ["<input type=email name=x>", "email"],
  ["<input name=email>", "email"],
  ["<input type=text autocomplete='section-a email'>", "email"],
  ["<input name=your-correo>", "email"],
  ["<input type=tel name=x>", "phone"],
  ["<input name=telefone>", "phone"],
  ["<input id=celular>", "phone"],
  ["<input name='contact[tel]'>", "phone"],
  ["<input name=whatsapp>", "phone"],
  ["<input autocomplete=name>", "name"],
  ["<input name=full_name>", "name"],
  ["<input name=nombre>", "name"],
  ["<input name=username>", undefined],
  ["<input name=hotel>", undefined],
  ["<input name=message>", undefined],
  ["<input type=password name=email>", undefined],
  ["<input type=tel autocomplete=cc-number>", undefined],
  ["<input type=tel name=card_number>", undefined],
  ["<input type=tel name=cvv>", undefined],
  ["<input type=tel autocomplete=one-time-code>", undefined],
  ["<input type=text name=cc-name>", undefined],
  ["<input type=hidden name=email>", undefined],
  ["<input type=checkbox name=email>", undefined],
  ["<input type=email disabled>", undefined],
  ["<input type=email data-pista-ignore>", undefined],
  ["<p data-pista-ignore><input type=email></p>", undefined],
  ["<textarea name=email></textarea>", undefined],
  ["<select name=email><option>a@b.pe</select>", undefined],
])("%s asks for %s", (html, kind) => {
  document.body.innerHTML = html;

  expect(kindOf(document.querySelector("input,textarea,select")!)).toBe(kind);
});

test("of a form the first e-mail, phone and name are read, also outside of it", () => {
  document.body.innerHTML = `
    <form id=f><input name=elements value=x><input name=email value=" ana@x.pe ">
    <input type=email value=second@x.pe><input name=phone value=""></form>
    <input form=f type=tel value="991 234 877">`;

  expect(fieldsOf(document.querySelector("form")!)).toEqual({
    email: "ana@x.pe",
    phone: "991 234 877",
  });
});

test("who is described by words and numbers alone, and by no more than fits", () => {
  const long = "x".repeat(300);
  const said = described({
    email: "ana@x.pe",
    userId: 42,
    phone: "",
    name: null,
    plan: "pro",
    paying: false,
    deep: { a: 1 },
    list: [1],
    note: long,
    when: undefined,
  });

  expect(said).toEqual({
    email: "ana@x.pe",
    userId: "42",
    traits: { plan: "pro", paying: false, note: "x".repeat(254) },
  });
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`t${n}`, long]));
  expect(JSON.stringify(described(many)).length).toBeLessThan(2200);
});

test("a digest tells texts apart", () => {
  expect(new Set(["", "a", "b", "ab", "ba", "a".repeat(1000)].map(digest)).size).toBe(6);
});
