#include "app/check/check_result.hpp"
