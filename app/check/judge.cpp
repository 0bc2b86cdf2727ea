#include "app/check/judge.hpp"
