#include "geo/atoms.hpp"
