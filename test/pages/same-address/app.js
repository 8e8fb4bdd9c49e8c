import { ContextVar } from '/runtime/index.js'
// What a development server adds stands here, so that every line below it is another one than in the file that was written:
// the map at the end leads back to that, which has the same address as this script.
//
//
//
const user = new ContextVar('user')
user.set('ada')
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbImFwcC5qcyJdLCJzb3VyY2VzQ29udGVudCI6WyJpbXBvcnQgeyBDb250ZXh0VmFyIH0gZnJvbSAnL3J1bnRpbWUvaW5kZXguanMnXG5jb25zdCB1c2VyID0gbmV3IENvbnRleHRWYXIoJ3VzZXInKVxudXNlci5zZXQoJ2FkYScpXG4iXSwibmFtZXMiOltdLCJtYXBwaW5ncyI6IkFBQUE7Ozs7OztBQUNBO0FBQ0EifQ==
