"""Reads a workbook with openpyxl and prints what it finds as JSON, for workbook_peers_test.cpp."""
import json
import sys

import openpyxl
from openpyxl.utils import get_column_letter

book = openpyxl.load_workbook(sys.argv[1])
sheets = {}
for sheet in book.worksheets:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    kinds = sorted({cell.data_type for row in sheet.iter_rows() for cell in row})
    formulas = [
        cell.coordinate for row in sheet.iter_rows() for cell in row
        if cell.data_type == "f" or cell.hyperlink is not None
    ]
    sheets[sheet.title] = {
        "state": sheet.sheet_state,
        "rows": rows,
        "formulas": formulas,
        "kinds": kinds,
        "freeze": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "merged": sorted(str(r) for r in sheet.merged_cells.ranges),
        "drop_downs": sorted(str(v.sqref) + " " + v.formula1 for v in sheet.data_validations.dataValidation),
        "repeat": sheet.print_title_rows,
        "landscape": sheet.page_setup.orientation,
        "paper": sheet.page_setup.paperSize,
        "footer": sheet.oddFooter.center.text,
        "formats": {
            get_column_letter(cell.column): cell.number_format for cell in sheet[sheet.max_row]
        },
    }
print(json.dumps({"created": book.properties.created.isoformat(), "sheets": sheets}, ensure_ascii=False))
