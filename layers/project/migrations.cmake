# Builds the project file's migrations into the library, in their order.
set(MIGRATIONS 0001_ledger 0002_cases 0003_lineage 0004_returns)

set(MIGRATION_TEXTS "")
set(version 0)
foreach(name IN LISTS MIGRATIONS)
    math(EXPR version "${version} + 1")
    set(file ${CMAKE_CURRENT_LIST_DIR}/migrations/${name}.sql)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(APPEND MIGRATION_TEXTS "        {${version}, \"${name}\", R\"sql(${text})sql\"},\n")
endforeach()
configure_file(${CMAKE_CURRENT_LIST_DIR}/migration_texts.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/migration_texts.cpp @ONLY)
