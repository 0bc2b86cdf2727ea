#include "layers/problem.hpp"
