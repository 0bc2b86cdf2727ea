#include "app/check/rules.hpp"
