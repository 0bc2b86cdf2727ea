#include "geo/repair.hpp"
