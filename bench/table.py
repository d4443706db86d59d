"""Prints rows as a table that reads well in a terminal and in Markdown."""

Row = dict[str, str]


def show(title: str, rows: list[Row]) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    widths = {c: max(len(c), *(len(row.get(c, "")) for row in rows)) for c in columns}
    print(f"\n## {title}\n")
    print(_line({c: c for c in columns}, columns, widths))
    print("|" + "|".join("-" * (widths[c] + 2) for c in columns) + "|")
    for row in rows:
        print(_line(row, columns, widths))


def _line(row: Row, columns: list[str], widths: dict[str, int]) -> str:
    cells = [
        row.get(c, "").ljust(widths[c]) if place == 0 else row.get(c, "").rjust(widths[c])
        for place, c in enumerate(columns)
    ]
    return "| " + " | ".join(cells) + " |"
