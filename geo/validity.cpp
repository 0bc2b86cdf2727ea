#include "geo/validity.hpp"
