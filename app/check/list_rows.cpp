#include "app/check/list_rows.hpp"
