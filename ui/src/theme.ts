import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from "@mantine/core";

/** Calm water: everything that Pista itself says. */
const petrol: MantineColorsTuple = [
  "#eaf6f6",
  "#d3e9e9",
  "#a6d3d3",
  "#76bbbc",
  "#4fa6a8",
  "#32929a",
  "#1f7c85",
  "#166670",
  "#13525b",
  "#0d3f47",
];

/** The clue itself: what is happening right now. */
const coral: MantineColorsTuple = [
  "#fff0ea",
  "#ffdfd3",
  "#ffbda6",
  "#ff9874",
  "#fd7a4d",
  "#f76534",
  "#df5526",
  "#bd451c",
  "#983715",
  "#732a10",
];

const ink: MantineColorsTuple = [
  "#dce4e6",
  "#b9c4c8",
  "#94a3a9",
  "#6b7c83",
  "#43535a",
  "#2d3b41",
  "#212d32",
  "#182226",
  "#11191c",
  "#0b1113",
];

const stone: MantineColorsTuple = [
  "#f8f8f6",
  "#f1f1ee",
  "#e6e6e1",
  "#d7d8d2",
  "#c2c4be",
  "#9a9e99",
  "#686e6c",
  "#4d5453",
  "#343b3b",
  "#1d2424",
];

export const theme: MantineThemeOverride = createTheme({
  colors: { petrol, coral, dark: ink, gray: stone },
  primaryColor: "petrol",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  black: "#162022",
  fontFamily:
    '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", "DejaVu Sans Mono", monospace',
  headings: {
    fontWeight: "640",
    sizes: {
      h1: { fontSize: "1.5rem", lineHeight: "1.25" },
      h2: { fontSize: "1rem", lineHeight: "1.4" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "20px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
  components: {
    // Inside a landmark of the page, where screen readers look; App puts it there.
    Portal: { defaultProps: { target: "#floating" } },
    Menu: { defaultProps: { shadow: "md", withInitialFocusPlaceholder: false } },
    Button: { defaultProps: { size: "sm" }, styles: { root: { fontWeight: 560 } } },
    Modal: {
      defaultProps: {
        radius: "lg",
        centered: true,
        overlayProps: { backgroundOpacity: 0.4 },
      },
      styles: {
        title: { fontWeight: 640, fontSize: "1.0625rem" },
        content: { backgroundColor: "var(--pista-raised)" },
        header: { backgroundColor: "var(--pista-raised)" },
      },
    },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 300, multiline: true, maw: 300 },
    },
    Skeleton: { defaultProps: { radius: "md" } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#f6f6f3",
    "--pista-surface": "#ffffff",
    "--pista-raised": "#ffffff",
    "--pista-border": "#e3e4de",
    "--pista-soft": "#efefeb",
    "--pista-rail": "#102b30",
    "--mantine-color-error": "#c2281f",
    "--mantine-color-teal-light-color": "#05644a",
    "--mantine-color-orange-light-color": "#9c3a06",
    "--mantine-color-yellow-light-color": "#7a5200",
    "--mantine-color-dimmed": "#5d6766",
    "--mantine-color-placeholder": "#767e7d",
    "--pista-plot": "#1f7c85",
    "--pista-plot-now": "#f0683c",
    "--pista-expected": "#8b7bb8",
    "--pista-grid": "#e8e9e4",
    "--pista-shadow": "0 1px 2px rgb(16 43 48 / 4%), 0 4px 16px rgb(16 43 48 / 4%)",
  },
  dark: {
    "--mantine-color-body": "#0e1517",
    "--pista-surface": "#151e21",
    "--pista-raised": "#1a2528",
    "--pista-border": "#26343a",
    "--pista-soft": "#1d292d",
    "--pista-rail": "#0a1012",
    "--mantine-color-error": "#ff8787",
    "--mantine-color-dimmed": "#95a5aa",
    "--mantine-color-placeholder": "#7f9096",
    "--pista-plot": "#4fb0b2",
    "--pista-plot-now": "#ff8a61",
    "--pista-expected": "#a897d6",
    "--pista-grid": "#243135",
    "--pista-shadow": "0 0 0 1px rgb(255 255 255 / 5%)",
  },
});
