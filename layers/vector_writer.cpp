#include "layers/vector_writer.hpp"
