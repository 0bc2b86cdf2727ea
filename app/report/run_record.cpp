#include "app/report/run_record.hpp"
