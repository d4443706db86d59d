import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** What people read comes from the catalogue, in their language. */
const spokenAttributes =
  "/^(label|title|placeholder|description|alt|aria-label|error|text)$/";
const noStrings = [
  {
    selector: "JSXText[value=/\\p{L}/u]",
    message: "Words belong in lib/i18n/catalogue, not in a component.",
  },
  {
    selector: `JSXAttribute[name.name=${spokenAttributes}] > Literal[value=/^(?!Pista$).*\\p{L}/u]`,
    message: "Words belong in lib/i18n/catalogue, not in an attribute.",
  },
  {
    selector: "JSXElement > JSXExpressionContainer > Literal[value=/\\p{L}{2}/u]",
    message: "Words belong in lib/i18n/catalogue, not in a component.",
  },
  {
    selector:
      "JSXElement > JSXExpressionContainer > ConditionalExpression > Literal[value=/\\p{L}{2}/u]",
    message: "Words belong in lib/i18n/catalogue, not in a component.",
  },
];

/** Imports run one way: components, api, lib -> features -> app. */
function closed(...groups) {
  return {
    "no-restricted-imports": [
      "error",
      {
        patterns: groups.map((group) => ({
          group: [group],
          message: "Imports run one way: components, api, lib -> features -> app.",
        })),
      },
    ],
  };
}

export default tseslint.config(
  { ignores: ["node_modules", "src/api/types.ts"] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  reactHooks.configs.flat["recommended-latest"] ?? reactHooks.configs.flat.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // An arrow that only calls is read as a statement.
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "no-restricted-syntax": ["error", ...noStrings],
    },
  },
  {
    files: ["eslint.config.js"],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    files: ["src/{components,api,lib}/**"],
    rules: closed("**/features/**", "**/app/**"),
  },
  {
    files: ["src/features/**"],
    rules: closed(
      "**/app/**",
      "../overview/**",
      "../events/**",
      "../sites/**",
      "../auth/**",
      "../throttling/**",
      "../settings/**",
      "../funnels/**",
      "../alerts/**",
    ),
  },
  {
    files: ["src/**/*.test.{ts,tsx}", "src/test/**", "dev/**"],
    rules: {
      // A test may know more than the types say.
      "@typescript-eslint/no-non-null-assertion": "off",
      "no-restricted-imports": "off",
    },
  },
  {
    files: ["snippet/**"],
    rules: {
      // Written out for ES2017, `?.` and `??` cost bytes of the 4 KiB that `&&` and `||` don't.
      "@typescript-eslint/prefer-nullish-coalescing": "off",
      "@typescript-eslint/prefer-optional-chain": "off",
      "@typescript-eslint/prefer-string-starts-ends-with": "off",
      "@typescript-eslint/no-dynamic-delete": "off",
      // What an index or a script's own format promises, the types don't see.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      "@typescript-eslint/no-empty-function": "off",
      // `navigator.locks` is missing on pages without https, whatever the types say.
      "@typescript-eslint/no-unnecessary-condition": "off",
    },
  },
);
