#include "layers/list_columns.hpp"
