#include "app/check/check_run.hpp"
