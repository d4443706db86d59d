"""The engine's configuration: little memory when idle, nothing that grows by itself."""

import uuid
from pathlib import Path

# chDB's own database finds a file for every table that does not exist: `/etc/passwd` too. It
# gets this name and is sent away at once; `default` is then an ordinary database.
LOCAL_DATABASE = "_local"

# Pista's tables have few columns and few parts. The defaults are meant for machines that do
# nothing else: caches of 5 GB, 16 threads for merges, 512 for schedules.
SERVER: dict[str, str] = {
    "default_database": LOCAL_DATABASE,
    "display_name": "pista",
    "mark_cache_size": "67108864",
    "primary_index_cache_size": "67108864",
    "uncompressed_cache_size": "0",
    "mmap_cache_size": "100",
    "compiled_expression_cache_size": "16777216",
    "background_pool_size": "2",
    "background_merges_mutations_concurrency_ratio": "2",
    "background_common_pool_size": "2",
    "background_move_pool_size": "1",
    "background_fetches_pool_size": "1",
    "background_schedule_pool_size": "2",
    "max_thread_pool_free_size": "8",
    "max_server_memory_usage_to_ram_ratio": "0.6",
}

# With so small a pool the defaults would forbid merges of big parts and all mutations.
MERGE_TREE: dict[str, str] = {
    "number_of_free_entries_in_pool_to_lower_max_size_of_merge": "1",
    "number_of_free_entries_in_pool_to_execute_mutation": "1",
    "number_of_free_entries_in_pool_to_execute_optimize_entire_partition": "1",
}


def write(folder: Path) -> None:
    """Write what the engine reads when it starts."""
    metadata = folder / "data" / "metadata"
    _default_database(metadata / "default.sql")
    # The local database would take this link for its own, and load the same tables again. The
    # engine makes it anew from default.sql.
    for name in ("default", LOCAL_DATABASE):
        (metadata / name).unlink(missing_ok=True)
    (folder / "config.xml").write_text(
        f"<clickhouse>\n{_lines(SERVER)}{_merge_tree()}</clickhouse>\n"
    )


def _default_database(file: Path) -> None:
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    # In one step: an empty file, left by a kill, would keep the engine from ever starting.
    draft = file.with_suffix(".draft")
    draft.write_text(f"ATTACH DATABASE _ UUID '{uuid.uuid4()}'\nENGINE = Atomic\n")
    draft.rename(file)


def _merge_tree() -> str:
    return f"<merge_tree>\n{_lines(MERGE_TREE)}</merge_tree>\n"


def _lines(settings: dict[str, str]) -> str:
    return "".join(f"<{name}>{value}</{name}>\n" for name, value in settings.items())
