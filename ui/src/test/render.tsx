import { createMemoryHistory } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import axe from "axe-core";
import { expect } from "vitest";

import { App } from "../app/App";

/** Opens the program at a path, as a person would with a link. */
export function open(path: string) {
  const history = createMemoryHistory({ initialEntries: [path] });
  const user = userEvent.setup();
  render(<App history={history} env="test" />);
  return { user, place: () => history.location.href, back: () => history.back() };
}

/** What axe finds wrong with the page, or a part of it; colours need a real browser. */
export async function expectAccessible(part: Element = document.body): Promise<void> {
  const { violations } = await axe.run(part, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`,
  );
  expect(found).toEqual([]);
}
