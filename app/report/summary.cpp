#include "app/report/summary.hpp"
