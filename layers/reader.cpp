#include "layers/reader.hpp"
