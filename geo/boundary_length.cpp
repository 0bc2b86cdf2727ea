#include "geo/boundary_length.hpp"
