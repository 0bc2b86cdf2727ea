#include "geo/nearest.hpp"
