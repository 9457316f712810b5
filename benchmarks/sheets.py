"""How long it takes to read a workbook of 10,000 lines: ours, and the reader library alone."""

import io
import os
import statistics
import time

import django
import python_calamine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from foundation.intake import sheets  # noqa: E402

LINES, ROUNDS = 10_000, 15
NAME = "예산"
HEAD = ["번호", "내역사업", "부처", "재원", *range(2027, 2032)]


def budget():
    """Ten thousand lines of a budget: texts that repeat, texts that do not, five amounts each."""
    yield HEAD
    for n in range(LINES):
        source = ("국비", "시·도비", "시·군·구비", "민자")[n % 4]
        amounts = [(n * 7_919 + year * 104_729) % 10**10 for year in range(5)]
        yield [n, f"내역사업 {n // 4}", f"부처 {n % 8}", source, *amounts]


def workbook():
    book = sheets.Book()
    sheet = book.sheet(NAME)
    for row, values in enumerate(budget()):
        for column, value in enumerate(values):
            write = book.text if isinstance(value, str) else book.number
            write(sheet, row, column, value)
    return book.content()


def ours(content):
    return sheets.read(io.BytesIO(content), [NAME])


def library(content):
    loaded = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return loaded.get_sheet_by_name(NAME).to_python(skip_empty_area=False)


def openpyxl_alone(content):
    from openpyxl import load_workbook  # noqa: PLC0415 -- only where somebody installed it

    rows = load_workbook(io.BytesIO(content), read_only=True, data_only=True)[NAME]
    return [list(row) for row in rows.iter_rows(values_only=True)]


def timed(read, content):
    begun = time.perf_counter()
    rows = read(content)
    taken = time.perf_counter() - begun
    assert rows[1][1] == "내역사업 0"
    assert len(rows) == LINES + 1
    return taken * 1000


def main():
    content = workbook()
    times = {"calamine alone": [], "ours": []}
    for _round in range(ROUNDS):  # in turns, so that a slow moment hits both
        times["calamine alone"].append(timed(library, content))
        times["ours"].append(timed(ours, content))
    alone, checked = (statistics.median(taken) for taken in times.values())
    print(f"{LINES:,} lines, {len(content):,} bytes")
    print(f"calamine alone  {alone:7.1f} ms")
    print(f"ours            {checked:7.1f} ms   {checked / alone:.2f} times (1.5 are allowed)")
    try:
        print(f"openpyxl alone  {timed(openpyxl_alone, content):7.1f} ms")
    except ImportError:
        print("openpyxl is not installed")


if __name__ == "__main__":
    main()
