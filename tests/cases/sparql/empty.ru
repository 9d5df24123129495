# nothing at all
PREFIX : <http://e/>
