#include "app/report/results_tables.hpp"
