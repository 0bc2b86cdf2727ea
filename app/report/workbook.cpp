#include "app/report/workbook.hpp"
