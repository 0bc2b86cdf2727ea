#include "geo/interior_point.hpp"
