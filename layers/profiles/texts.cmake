# Builds the shipped profiles and dictionaries into the library: no file is needed at run time. Profiles are tried in
# this order: those whose signature says most stand first.
set(PROFILES bench platform redline reserve water mask names admin generic)
set(DICTIONARIES activity change class county kind level type water_class)

function(embed_texts variable folder)
    set(all "")
    foreach(name IN LISTS ARGN)
        set(file ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/${name}.yaml)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
        file(READ ${file} text)
        string(APPEND all "        {\"${name}\", R\"yaml(${text})yaml\"},\n")
    endforeach()
    set(${variable} "${all}" PARENT_SCOPE)
endfunction()

embed_texts(PROFILE_TEXTS profiles ${PROFILES})
embed_texts(DICTIONARY_TEXTS profiles/dictionaries ${DICTIONARIES})
configure_file(profile_texts.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/profile_texts.cpp @ONLY)
