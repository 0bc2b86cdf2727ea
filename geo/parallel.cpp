#include "geo/parallel.hpp"
